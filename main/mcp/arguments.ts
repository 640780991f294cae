import { z } from 'zod';

/** Arguments that several tools take. */
export const credentialArgument = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .describe('Name of the key in Rekey, as list_credentials gives it. May be left out when there is exactly one.');

export const agentIdArgument = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .optional()
  .describe('Only for services that rotate the key of one agent: the id of that agent at the service.');

/** Longest list that goes into one answer. */
export const LONGEST_LIST = 200;

export function shortened<T>(list: readonly T[]): { shown: T[]; truncated: boolean } {
  return { shown: list.slice(0, LONGEST_LIST), truncated: list.length > LONGEST_LIST };
}
