// Values of a file together with their places.
import type { WrittenTemplate } from "../model/declarations.ts";
import type { Located, Span } from "../model/source.ts";
import { stageValuesIn } from "../model/stage.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** The value with the place of what stands at the path. */
export function located<T>(value: T, file: YamlFile, path: Path): Located<T> {
  return { value, at: file.at(path) };
}

/** The items of a list at the path with their places; none if there is no list. */
export function locatedItems(
  values: readonly string[] | undefined,
  file: YamlFile,
  path: Path,
): readonly Located<string>[] {
  return (values ?? []).map((value, index) => located(value, file, [...path, index]));
}

/** The keys of a mapping at the path with their places, in the order of the file. */
export function locatedKeys<T>(
  mapping: Readonly<Record<string, T>> | undefined,
  file: YamlFile,
  path: Path,
): readonly { readonly key: Located<string>; readonly value: T; readonly path: Path }[] {
  return Object.entries(mapping ?? {}).map(([key, value]) => {
    const keyPath = [...path, key];
    return { key: { value: key, at: file.keyAt(keyPath) }, value, path: keyPath };
  });
}

/** The text at the path with the places of the stage values in it. */
export function locatedTemplate(text: string, file: YamlFile, path: Path): WrittenTemplate {
  const at = file.at(path);
  return { value: text, at, stageValues: file.has(path) ? stageValuesOf(text, at, file) : [] };
}

/**
 * The stage values of a text. Their places are looked up in the file as it is written, quotes and folded lines included;
 * where an escape hides one, its place is that of the whole text.
 */
function stageValuesOf(text: string, at: Span, file: YamlFile): readonly Located<string>[] {
  const names = stageValuesIn(text);
  if (names.length === 0) return [];
  const written = stageValuesIn(file.textOf(at));
  const isPlain =
    written.length === names.length && written.every(({ name }, index) => name === names[index]?.name);
  return names.map(({ name }, index) => {
    const place = isPlain ? written[index] : undefined;
    return { value: name, at: place ? file.within(at, place.offset, place.length) : at };
  });
}
