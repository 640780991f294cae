import type { OpenWindow } from '../windows/open-windows.ts';
import { SenderRefused } from './sender.ts';

/** Calls that name the request, or the batch of requests, that they are about. */
const ABOUT_A_REQUEST = ['getApproval', 'approve', 'deny', 'getBatch', 'approveBatch'];

/**
 * Holds a confirmation window to the request that it shows: another one is decided in its own window, in which the
 * person sees it.
 * @throws {SenderRefused} when the call names another request.
 */
export function checkQuestion({ isAbout }: OpenWindow, name: unknown, input: unknown): void {
  if (!isAbout || !ABOUT_A_REQUEST.includes(String(name))) return;
  if (namedIn(input).every(isAbout)) return;
  throw new SenderRefused(
    'sender-refused',
    'This window is about another request, so it was refused. Nothing was changed.',
    'Decide that request in its own window.',
  );
}

/** What isn't in this form the core refuses. */
function namedIn(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return [];
  const own = ['id', 'batch'].map((name) => Reflect.get(input, name));
  const approvals: unknown = Reflect.get(input, 'approvals');
  const several = Array.isArray(approvals) ? approvals.map((one) => Reflect.get(Object(one), 'id')) : [];
  return [...own, ...several].filter((name) => typeof name === 'string');
}
