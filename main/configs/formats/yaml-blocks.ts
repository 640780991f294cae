import type { CST } from 'yaml';
import type { Written } from '../extent.ts';
import { Layer } from '../layer.ts';
import { Decoded } from './yaml-decoded.ts';
import { inBlock } from './yaml-spelling.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;

/** One line of a block scalar: what stands on it behind the indentation, and where its line break is. */
interface Line {
  readonly start: number;
  readonly end: number;
}

/** The style of a block scalar, from what its header says: `literal 4 -` for one whose lines are indented by 4. */
export function blockStyle({ indent, props, source }: CST.BlockScalar): string {
  const header = props[0] && 'source' in props[0] ? props[0].source : '';
  const digit = /[1-9]/.exec(header)?.[0];
  // The first line that isn't blank tells, where the header doesn't.
  const first = source.search(/[^ \r\n]/);
  const found = first < 0 ? 0 : first - (source.lastIndexOf('\n', first) + 1);
  const chomping = /[-+]/.exec(header)?.[0] ?? '';
  return `${header.startsWith('|') ? 'literal' : 'folded'} ${digit === undefined ? found : indent + Number(digit)} ${chomping}`;
}

export function isBlock({ style }: Written): boolean {
  return style.startsWith('literal') || style.startsWith('folded');
}

/** Where the first line of a block scalar's text begins. */
export function headerEnd(file: Buffer, start: number): number {
  const end = file.indexOf(NEWLINE, start);
  return end < 0 ? file.length : end + 1;
}

/** The text of a literal (`|`) or folded (`>`) block scalar, whose header stands at `start`. */
export function blockLayer(file: Buffer, literal: Written): Layer {
  const { start, end } = literal;
  const [kind, indent, chomping] = literal.style.split(' ');
  const text = decoded(
    linesOf(file, headerEnd(file, start), end, Number(indent)),
    file,
    kind === 'folded',
    chomping ?? '',
  );
  const { bytes, offsets } = text.done(end);
  const eol = file[headerEnd(file, start) - 2] === RETURN ? '\r\n' : '\n';
  const newline = kind === 'folded' ? null : eol + ' '.repeat(Number(indent));
  return new Layer(bytes, Layer.ofFile(file), { offsets, write: (written) => inBlock(written, newline) }, null);
}

function linesOf(file: Buffer, from: number, end: number, indent: number): Line[] {
  const lines: Line[] = [];
  for (let at = from; at < end; ) {
    const newline = file.indexOf(NEWLINE, at);
    const next = newline < 0 || newline >= end ? end : newline;
    const last = file[next - 1] === RETURN && next > at ? next - 1 : next;
    let start = at;
    while (start < last && start - at < indent && file[start] === SPACE) start++;
    lines.push({ start, end: last });
    at = next + 1;
  }
  return lines;
}

/** As YAML 1.2, chapter 8.1: folded lines that begin with a blank keep their line breaks. */
function decoded(lines: readonly Line[], file: Buffer, isFolded: boolean, chomping: string): Decoded {
  const text = new Decoded();
  /** Of the last line with text, and of the empty ones since. */
  let breaks: number[] = [];
  let hasText = false;
  let wasIndented = false;
  for (const { start, end } of lines) {
    if (start === end) {
      breaks.push(end);
      continue;
    }
    const isIndented = file[start] === SPACE || file[start] === TAB;
    if (!isFolded || isIndented || wasIndented || !hasText) newlines(text, breaks, breaks.length);
    else if (breaks.length === 1) text.add(SPACE, breaks[0] ?? start);
    else newlines(text, breaks, breaks.length - 1);
    for (let at = start; at < end; at++) text.add(file[at] ?? 0, at);
    breaks = [end];
    hasText = true;
    wasIndented = isIndented;
  }
  if (chomping === '+') newlines(text, breaks, breaks.length);
  else if (chomping === '' && hasText) newlines(text, breaks, 1);
  else text.skip(breaks[0] ?? 0);
  return text;
}

/** `count` line breaks, the first of which stands where the text before it ends. */
function newlines(text: Decoded, breaks: readonly number[], count: number): void {
  for (let index = 0; index < count; index++) {
    const from = index === 0 ? 0 : index + breaks.length - count;
    text.add(NEWLINE, breaks[from] ?? breaks[0] ?? 0);
  }
}
