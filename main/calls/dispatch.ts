import {
  type AnyEvent,
  type CallInput,
  type CallName,
  type CallOutput,
  calls,
  type ParsedInput,
} from '../../preload/contract.ts';
import { RekeyError } from '../errors.ts';
import type { Caller } from './caller.ts';
import { checkCarrier } from './policy.ts';

/** One function per call of the contract: a call without one doesn't compile. */
export type Handlers = {
  readonly [K in CallName]: (input: ParsedInput<K>, caller: Caller) => Promise<CallOutput<K>>;
};

/** The core as every carrier sees it. */
export interface Core {
  /**
   * Checks the name and the input against the contract, does it, and checks the answer.
   * @throws {RekeyError} whatever the call can throw; `unknown-call` and `bad-input` from here.
   */
  call<K extends CallName>(name: K, input: CallInput<K>, caller: Caller): Promise<CallOutput<K>>;
  /** As `call`, for a carrier that has nothing but bytes from outside. */
  callUntyped(name: string, input: unknown, caller: Caller): Promise<unknown>;
  /** @returns the disposer. */
  on(listener: (event: AnyEvent) => void): () => void;
}

export class CallError extends RekeyError<'unknown-call' | 'bad-input'> {}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

/** Runs one call, typed at the inside and checked at the outside. */
export async function dispatch(handlers: Handlers, name: string, input: unknown, caller: Caller): Promise<unknown> {
  if (!isCallName(name)) {
    throw new CallError(
      'unknown-call',
      'Rekey was asked for something that it does not know. Nothing was changed.',
      'Update Rekey: its parts are of different versions.',
    );
  }
  checkCarrier(caller.carrier, name);
  const parsed = calls[name].input.safeParse(input);
  if (!parsed.success) {
    // Only where it is wrong, never what was given: an input may hold a key.
    const where = parsed.error.issues.map(
      (issue) =>
        `${issue.path.join('.') || 'input'}: ${issue.code === 'custom' ? issue.message : issue.code.replaceAll('_', ' ')}`,
    );
    throw new CallError(
      'bad-input',
      `That can't be used: ${where.join('; ')}. Nothing was changed.`,
      'Correct it and try again.',
    );
  }
  // The name has chosen both the schema and the handler, which TypeScript can't follow through a union of calls.
  const handler = handlers[name] as (input: unknown, caller: Caller) => Promise<unknown>;
  return calls[name].output.parse(await handler(parsed.data, caller));
}
