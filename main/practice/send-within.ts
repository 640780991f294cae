import type { Send } from '../providers/http.ts';
import { send } from '../providers/send.ts';
import { PracticeError } from './errors.ts';

/** Sends to the practice service and to nobody else, whatever a credential says of its service. */
export function sendWithin(origin: string): Send {
  return async (request, options) => {
    if (request.url.origin === origin) return send(request, options);
    throw new PracticeError(
      'practice-elsewhere',
      'Practice asks nobody but its own service on this computer. Nothing was sent.',
      'End practice and start it again.',
    );
  };
}
