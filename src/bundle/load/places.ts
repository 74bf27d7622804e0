// Where things are written: steps and settings in flows.ts, properties of a policy's definition. What is not written
// out, but computed, has no place of its own: callers fall back to what is around it.
import type { AnyNode, ObjectExpression, Program, Property } from "acorn";
import type { FlowName } from "../../model/flows.ts";
import { type Span, startOf } from "../../model/source.ts";
import { nodesIn, spanOf } from "./syntax.ts";

/** Places in hooks/flows.ts. */
export interface FlowPlaces {
  flow(name: string): Span;
  step(flow: FlowName, index: number): Span;
  settingName(flow: FlowName, index: number, setting: string): Span;
  settingValue(flow: FlowName, index: number, setting: string): Span;
}

/** The places in flows.ts, from its tree. */
export function flowPlaces(file: string, program: Program): FlowPlaces {
  const whole = startOf(file);
  const flows = exportedObject(program);

  const stepNode = (flow: string, index: number) => {
    const steps = property(flows, flow)?.value;
    if (steps?.type !== "ArrayExpression" || steps.elements.some((each) => each?.type === "SpreadElement")) {
      return undefined;
    }
    return steps.elements[index] ?? undefined;
  };
  const settingNode = (flow: string, index: number, setting: string) =>
    property(firstObject(stepNode(flow, index)), setting);
  const step = (flow: string, index: number) => {
    const node = stepNode(flow, index);
    return node ? spanOf(file, node) : whole;
  };

  return {
    flow: (name) => {
      const node = property(flows, name);
      return node ? spanOf(file, node.key) : whole;
    },
    step,
    settingName: (flow, index, setting) => {
      const node = settingNode(flow, index, setting);
      return node ? spanOf(file, node.key) : step(flow, index);
    },
    settingValue: (flow, index, setting) => {
      const node = settingNode(flow, index, setting);
      return node ? spanOf(file, node.value) : step(flow, index);
    },
  };
}

/** The value of a property of a policy's definition; undefined if it is not written out. */
export function definitionNode(program: Program, name: string): AnyNode | undefined {
  return property(exportedObject(program), name)?.value;
}

/** The place of a property of a policy's definition, or of one text in the list it holds; else the file's start. */
export function definitionPlace(file: string, program: Program, name: string, item?: string): Span {
  const value = definitionNode(program, name);
  if (!value) return startOf(file);
  const items = item === undefined ? [] : nodesIn(value);
  const found = items.find((node) => node.type === "Literal" && node.value === item);
  return spanOf(file, found ?? value);
}

/** The place of a key of the object that a property of a policy's definition holds; else that of the property. */
export function definitionKeyPlace(file: string, program: Program, name: string, key: string): Span {
  const value = definitionNode(program, name);
  const found = value?.type === "ObjectExpression" ? property(value, key) : undefined;
  return found ? spanOf(file, found) : definitionPlace(file, program, name);
}

/** The object that the default export's call is given, as in `export default flows({ … })`. */
function exportedObject({ body }: Program): ObjectExpression | undefined {
  const exported = body.find((statement) => statement.type === "ExportDefaultDeclaration");
  return exported && firstObject(exported.declaration);
}

function firstObject(node: AnyNode | undefined): ObjectExpression | undefined {
  if (node?.type !== "CallExpression") return undefined;
  const [argument] = node.arguments;
  return argument?.type === "ObjectExpression" ? argument : undefined;
}

function property(object: ObjectExpression | undefined, name: string): Property | undefined {
  return object?.properties.find(
    (each): each is Property =>
      each.type === "Property" &&
      ((each.key.type === "Identifier" && !each.computed && each.key.name === name) ||
        (each.key.type === "Literal" && each.key.value === name)),
  );
}
