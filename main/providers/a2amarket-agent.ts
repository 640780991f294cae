import type { Subject } from './provider.ts';
import { ProviderError } from './provider-error.ts';

/**
 * The agent's id as a segment of a path.
 *
 * Their own server sends a live key to `/agents/undefined/rotate-key` when the id is missing; here it's asked for
 * first.
 * @throws {ProviderError} `agent-id-required`, `agent-id-invalid`, `agent-id-differs`
 */
export function agentPath({ agentId, settings }: Subject): string {
  const own = settings.agent_id?.trim() || null;
  const id = agentId ?? own;
  if (id === null) {
    throw new ProviderError(
      'agent-id-required',
      'a2amarket rotates a key only together with the id of its agent, which Rekey does not know. Nothing was sent.',
      'Give the agent id of this key, then rotate again.',
    );
  }
  if (own !== null && own !== id) {
    throw new ProviderError(
      'agent-id-differs',
      'This key belongs to another agent than the one that was asked for. Nothing was sent.',
      'Rotate without an agent id, or choose the key of that agent.',
    );
  }
  if (!isId(id)) {
    throw new ProviderError(
      'agent-id-invalid',
      'That is not the id of an agent. Nothing was sent.',
      'Look the id up at a2amarket, and rotate again.',
    );
  }
  return encodeURIComponent(id);
}

function isId(id: string): boolean {
  // `.` and `..` would be taken for steps in the path, and a lone half of a character can't be encoded.
  const odd = ['.', '..', 'undefined', 'null'].includes(id) || /[\s\p{Cc}\p{Cs}]/u.test(id);
  return id !== '' && id.length <= 200 && !odd;
}
