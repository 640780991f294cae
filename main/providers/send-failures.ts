import { HttpError, type HttpRequest } from './http.ts';
import { mayCarryKeys } from './secure-origin.ts';

/** Why a request must not be sent at all, or null. */
export function refusal({ url, headers }: HttpRequest): HttpError | null {
  if (!mayCarryKeys(url)) {
    return new HttpError(
      'not-sent',
      `A key must not travel to ${url.origin} without encryption. Nothing was sent.`,
      'Use the https:// address of the service.',
    );
  }
  const odd = Object.entries(headers).find(([, value]) => !/^[\t\x20-\x7e]*$/.test(value));
  if (!odd) return null;
  return new HttpError(
    'not-sent',
    `The value for the header ${odd[0]} holds a line break or another character that can’t be sent. Nothing was sent.`,
    'Check that the key was copied as it is, without line breaks.',
  );
}

/** No byte of the request can have reached the service. @param why a clause: "its name is not known". */
export function notSent({ origin }: URL, why: string): HttpError {
  return new HttpError(
    'not-sent',
    `${origin} could not be reached: ${why}. Nothing was sent.`,
    'Check the internet connection and the address of the service, then try again.',
  );
}

/** The request may have reached the service. */
export function noAnswer({ origin }: URL, why: string): HttpError {
  return new HttpError(
    'no-answer',
    `No answer came from ${origin}: ${why}. The request may have reached it.`,
    'Verify the key to learn what the service did.',
  );
}
