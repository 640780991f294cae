import type { Container, Literal } from '../configs/formats/format.ts';

/** Members that hold the value of something that another member beside them names. */
const VALUE_MEMBER = /^(?:@?value|#text)$/i;
const NAME_MEMBERS = ['name', 'key', '@name', '@key'];
const FLAG = /^--?[A-Za-z][\w-]*$/;

/** Tells under which names the values of one document stand. */
export class ValueNames {
  readonly #texts = new Map<Container, Map<string | number, string>>();

  /** @param text of the literal, as its reader sees it. */
  add({ container, key }: Literal, text: string): void {
    const beside = this.#texts.get(container) ?? new Map<string | number, string>();
    this.#texts.set(container, beside.set(key, text));
  }

  /** The name of the field or variable, or the option before it in a list of arguments; null where nothing names it. */
  of({ container, key }: Literal): string | null {
    const beside = this.#texts.get(container);
    if (typeof key === 'number') {
      const before = beside?.get(key - 1);
      return before !== undefined && FLAG.test(before) ? before : null;
    }
    if (!VALUE_MEMBER.test(key)) return key;
    const named = NAME_MEMBERS.map((member) => beside?.get(member)).find((name) => name !== undefined);
    return named ?? (container.key === null ? key : String(container.key));
  }
}
