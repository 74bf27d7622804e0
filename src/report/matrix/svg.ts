// The matrices as one picture: scopes below each other, roles and groups beside each other with slanted names.
import type { ApiMatrix, MatrixRow } from "../../review/index.ts";
import { cut, displayWidth, printable } from "../display.ts";
import { columnLabel, hasHighRisk, type Mark, markOf, usedMarks } from "./marks.ts";

// Pixels. The font is of one width, so that text can be measured without a browser.
const characterWidth = 7.3;
const rowHeight = 22;
const columnWidth = 24;
const margin = 24;
const radius = 5.5;
const titleHeight = 34;
const gap = 30;
/** Characters of the longest scope that is shown whole. */
const longestScope = 60;
/** Of a slanted name, up and to the right. */
const slant = Math.SQRT1_2;

const style = `
  svg { background: #fff; font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
  text { fill: #1f2328; }
  .title { font-weight: bold; font-size: 15px; }
  .title tspan { font-weight: normal; font-size: 12px; }
  .faint { fill: #59636e; }
  .high { fill: #b42318; }
  .band { fill: #f6f8fa; }
  .line { stroke: #d1d9e0; }
  .full { fill: #0b57d0; stroke: #0b57d0; stroke-width: 2; }
  .hollow { fill: none; stroke: #0b57d0; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; }
    text { fill: #e6edf3; }
    .faint { fill: #9198a1; }
    .high { fill: #ff8182; }
    .band { fill: #161b22; }
    .line { stroke: #3d444d; }
    .full { fill: #6cb0ff; stroke: #6cb0ff; }
    .hollow { stroke: #6cb0ff; }
  }
`;

/** The matrices as an SVG document that needs nothing else; light or dark as whoever looks at it prefers. */
export function matrixSvg(matrices: readonly ApiMatrix[]): string {
  const left = margin + 16 + widest(matrices.flatMap(({ rows }) => rows.map(scopeLabel)));
  let height = margin;
  const drawn = matrices.map((matrix) => {
    const api = drawApi(matrix, left, height);
    height += api.height + gap;
    return api;
  });
  const legend = drawLegend(matrices, height);
  const width = Math.ceil(Math.max(legend.width, ...drawn.map((api) => api.width)) + margin);
  const whole = Math.ceil(height + legend.height + margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}" role="img">`,
    "<title>Who may do what: scopes by role and group</title>",
    `<style>${style}</style>`,
    ...drawn.flatMap(({ elements }) => elements),
    ...legend.elements,
    "</svg>\n",
  ].join("\n");
}

/** A part of the picture, as wide and high as it says. */
interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly elements: readonly string[];
}

function drawApi({ name, identifier, columns, rows }: ApiMatrix, left: number, top: number): Drawing {
  const labels = columns.map(columnLabel);
  const below = top + titleHeight + widest(labels) * slant;
  const right = left + columns.length * columnWidth;
  const center = (column: number) => left + (column + 0.5) * columnWidth;
  const title = `${xml(name)}<tspan class="faint" dx="12">${xml(identifier)}</tspan>`;
  const head = labels.map((label, index) => {
    const [x, y] = [round(center(index)), round(below - 6)];
    return `<text x="${x}" y="${y}" transform="rotate(-45 ${x} ${y})">${xml(label)}</text>`;
  });
  const lines = rows.flatMap((row, index) => {
    const { value, risk, cells } = row;
    const middle = below + (index + 0.5) * rowHeight;
    return [
      ...(index % 2 === 0 ? [drawBand(right, middle)] : []),
      drawText(scopeLabel(row), margin, middle, risk === "high" ? "high" : "plain"),
      ...cells.flatMap((cell, column) => {
        if (!cell) return [];
        const mark = markOf(cell);
        return [drawMark(mark, center(column), middle, `${labels[column]}, ${value}: ${mark.meaning}`)];
      }),
    ];
  });
  const ends = [
    right,
    margin + measured(name) * 1.25 + 12 + measured(identifier),
    ...labels.map((label, index) => center(index) + measured(label) * slant),
  ];
  return {
    width: Math.max(...ends),
    height: below - top + rows.length * rowHeight,
    elements: [
      `<text class="title" x="${margin}" y="${round(top + 12)}">${title}</text>`,
      ...head,
      `<path class="line" d="M${margin - 8} ${round(below)}H${round(right + 8)}"/>`,
      ...lines,
    ],
  };
}

function scopeLabel({ value }: MatrixRow): string {
  return cut(value, longestScope);
}

function drawLegend(matrices: readonly ApiMatrix[], top: number): Drawing {
  const marks = usedMarks(matrices);
  const texts = [...marks.map(({ meaning }) => meaning), ...(hasHighRisk(matrices) ? ["high risk"] : [])];
  return {
    width: margin + 20 + widest(texts),
    height: texts.length * rowHeight,
    elements: texts.flatMap((text, index) => {
      const middle = top + (index + 0.5) * rowHeight;
      const mark = marks[index];
      if (!mark)
        return [drawText("scope", margin, middle, "high"), drawText(text, margin + 48, middle, "faint")];
      return [drawMark(mark, margin + radius, middle, text), drawText(text, margin + 20, middle, "faint")];
    }),
  };
}

/** A disc or a ring, a diamond if it is in tokens only; `title` is what is shown to who points at it. */
function drawMark({ inherited, inTokensOnly }: Mark, x: number, y: number, title: string): string {
  const r = inTokensOnly ? radius + 1 : radius;
  const left = `M${round(x - r)} ${round(y)}`;
  const shape = inTokensOnly
    ? `${left}l${r} ${-r} ${r} ${r} ${-r} ${r}z`
    : `${left}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  return `<path class="${inherited ? "hollow" : "full"}" d="${shape}"><title>${xml(title)}</title></path>`;
}

function drawBand(right: number, middle: number): string {
  const [x, y] = [margin - 8, round(middle - rowHeight / 2)];
  return `<rect class="band" x="${x}" y="${y}" width="${round(right + 8 - x)}" height="${rowHeight}"/>`;
}

function drawText(text: string, x: number, middle: number, look: "plain" | "faint" | "high"): string {
  return `<text class="${look}" x="${round(x)}" y="${round(middle + 4)}">${xml(text)}</text>`;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(measured));
}

function measured(text: string): number {
  return displayWidth(text) * characterWidth;
}

/** A coordinate with as many places as can be seen, so that the picture is short and the same on every machine. */
function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}

/** The text as XML has it, in elements and attributes; without what no XML document may hold. */
function xml(text: string): string {
  return printable(text).replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
