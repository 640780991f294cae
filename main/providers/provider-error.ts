import { RekeyError } from '../errors.ts';

export type ProviderErrorCode =
  | 'provider-unknown'
  | 'base-url-invalid'
  | 'base-url-insecure'
  | 'agent-id-required'
  | 'agent-id-invalid'
  | 'agent-id-differs'
  | 'agent-id-not-taken'
  | 'agent-key-needs-operator'
  | 'management-key'
  | 'setting-required'
  | 'setting-invalid';

/** Something that a provider needs first, or can't do; always before anything was sent. */
export class ProviderError extends RekeyError<ProviderErrorCode> {}
