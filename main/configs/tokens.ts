/** Stands for what is not shown. */
export const LEFT_OUT = '…';

const TOKEN = /[A-Za-z0-9_-]{12,}/g;
const VARIABLE_NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** A text without what may be a secret that Rekey doesn't know: long runs of the characters that keys are made of. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN, (token) => {
    const mayBeSecret = (/[0-9]/.test(token) || token.length >= 24) && !VARIABLE_NAME.test(token);
    return mayBeSecret ? LEFT_OUT : token;
  });
}
