/** What an error tells every carrier (page, tray, command line, MCP): no secret ever stands in one. */
export interface ErrorView {
  /** Stable, kebab-case; the pages translate by it. */
  readonly code: string;
  /** What happened, and what was and wasn't changed: whole sentences. */
  readonly message: string;
  /** What the person can do now. */
  readonly wayOut: string;
}

/**
 * The base of every error that a person may get to see.
 *
 * Each domain has its own subclass with its own union of codes, so that a handler can tell them apart by class and a
 * page by code.
 */
export class RekeyError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly wayOut: string;

  constructor(code: Code, message: string, wayOut: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.wayOut = wayOut;
  }

  get view(): ErrorView {
    return { code: this.code, message: this.message, wayOut: this.wayOut };
  }
}

/** What to show of anything thrown: a {@link RekeyError} as it is, anything else without its (unvetted) message. */
export function errorView(error: unknown): ErrorView {
  if (error instanceof RekeyError) return error.view;
  const kind = error instanceof Error ? error.name : typeof error;
  return {
    code: 'internal',
    message: `Something in Rekey itself went wrong (${kind}).`,
    wayOut: 'Look at Activity for what was done; start Rekey again, it goes on where it stopped.',
  };
}

/** The `code` of a Node system error (`ENOENT`, `EACCES`, ...), or null. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
