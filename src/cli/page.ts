// How the tour looks: 80 columns, colour only where a terminal shows it.
import { styleText } from "node:util";

/** A place to write lines to. */
export interface Page {
  /** The first line. */
  title(text: string): void;
  /** A step's heading: what is done, and where it leads. */
  step(title: string, detail?: string): void;
  /** A line of a step, `label` in a column of its own. */
  line(label: string, text: string): void;
  /** A name and its value, further in: a claim of a token. */
  row(name: string, value: string): void;
  /** Text as it is, indented. */
  text(text: string): void;
  blank(): void;
}

const labelWidth = 16;
const nameWidth = 36;
const indent = "   ";
const width = 80;

/** A page that gives its lines to `write`; styled if `color`. */
export function createPage(write: (text: string) => void, color: boolean): Page {
  let steps = 0;
  const columns = (start: string, label: string, labelColumns: number, text: string) => {
    const [first = "", ...rest] = wrap(text, width - start.length - labelColumns);
    write(`${start}${style("cyan", label.padEnd(labelColumns))}${first}\n`);
    for (const each of rest) write(`${start}${" ".repeat(labelColumns)}${each}\n`);
  };
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(format, text, { validateStream: false }) : text;
  return {
    title: (text) => write(`\n${style("bold", text)}\n`),
    step(title, detail) {
      steps += 1;
      const head = `${steps}  ${title}`;
      const gap = detail ? " ".repeat(Math.max(2, width - head.length - detail.length)) : "";
      write(`\n${style("bold", head)}${gap}${detail ? style("dim", detail) : ""}\n`);
    },
    line: (label, text) => columns(indent, label, labelWidth, text),
    row: (name, value) => columns(`${indent}  `, name, nameWidth, value),
    text(text) {
      for (const each of wrap(text, width - indent.length)) write(`${indent}${each}\n`);
    },
    blank() {
      write("\n");
    },
  };
}

/** The page on this process's standard output. */
export function standardPage(): Page {
  const { stdout } = process;
  return createPage((text) => stdout.write(text), stdout.isTTY && stdout.hasColors());
}

/** `text` in lines of at most `columns` characters, broken at blanks; a longer word has a line of its own. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
