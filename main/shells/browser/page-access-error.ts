import { RekeyError } from '../../errors.ts';

type Code =
  | 'foreign-page'
  | 'page-not-signed-in'
  | 'token-not-valid'
  | 'no-such-page'
  | 'wrong-method'
  | 'body-too-large'
  | 'body-not-json';

/** The browser shell turns a request away before the core sees it. */
export class PageAccessError extends RekeyError<Code> {
  /** HTTP status of the answer. */
  readonly status: number;

  constructor(status: number, code: Code, message: string, wayOut: string) {
    super(code, message, wayOut);
    this.status = status;
  }
}
