import { type XmlStyle, xmlText } from './xml-text.ts';

/** A text of an XML document as it is written. Offsets are bytes of the file, ends exclusive. */
export class XmlText {
  readonly kind = 'text';
  readonly start: number;
  readonly end: number;
  readonly style: XmlStyle;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, start: number, end: number, style: XmlStyle) {
    this.#bytes = bytes;
    this.start = start;
    this.end = end;
    this.style = style;
  }

  /** What a reader gets. Decoded when it is asked for, since most texts of a file are not. */
  get value(): string {
    return xmlText(this.#bytes, this.start, this.end, this.style);
  }

  /** The same, known as one that a program takes apart into words. */
  asCommandLine(): XmlText {
    const style = this.style === 'single' ? 'single-words' : 'double-words';
    return new XmlText(this.#bytes, this.start, this.end, style);
  }
}

export interface XmlElement {
  readonly kind: 'element';
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  readonly attributes: ReadonlyMap<string, XmlText>;
  /** Child elements, and texts that are not blank. */
  readonly content: readonly (XmlElement | XmlText)[];
}
