import type { ServiceDescription } from '../../../main/providers/described/description.ts';
import { examples } from '../../../main/providers/described/examples.ts';
import { parseDescription } from '../../../main/providers/described/parse-description.ts';

export type ExampleName = 'in-place' | 'overlap' | 'by-hand';

export function exampleText(name: ExampleName): string {
  const found = examples.find((one) => one.name === name);
  if (!found) throw new Error(`there is no example “${name}”`);
  return found.text;
}

export function example(name: ExampleName): ServiceDescription {
  const { description } = parseDescription(exampleText(name));
  if (!description) throw new Error(`the example “${name}” is not taken`);
  return description;
}

/** The example with some of its fields changed, as text; `undefined` takes a field away. */
export function changed(name: ExampleName, change: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(exampleText(name)), ...change }, null, 2);
}
