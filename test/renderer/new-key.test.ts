import { describe, expect, it } from 'vitest';
import { callOf, EMPTY_KEY, missingFields } from '../../renderer/keys/new-key.ts';
import { providers } from '../e2e/scripted/providers.ts';

const provider = (id: string) => {
  const found = providers.find((one) => one.id === id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
};

describe('a new key', () => {
  it('needs a service, a name, the key and what the service requires', () => {
    expect([...missingFields(EMPTY_KEY)]).toEqual(['provider', 'name', 'key']);
    const entered = { ...EMPTY_KEY, provider: provider('a2amarket'), name: ' ', key: 'ak_1', settings: {} };
    expect([...missingFields(entered)]).toEqual(['name', 'setting:agent_id']);
  });

  it('is sent without the spaces and line breaks that copying brings along', () => {
    const entered = { ...EMPTY_KEY, name: ' work ', key: ' sk-live-1\n', provider: provider('bitscale') };
    expect(callOf(entered, provider('bitscale'))).toEqual({ name: 'work', provider: 'bitscale', key: 'sk-live-1' });
  });

  it('takes along only the settings that the chosen service has', () => {
    const settings = { agent_id: 'agt_1' };
    const entered = { ...EMPTY_KEY, name: 'work', key: 'k', settings };
    expect(callOf(entered, provider('bitscale'))).not.toHaveProperty('settings');
    expect(callOf(entered, provider('a2amarket'))).toMatchObject({ settings });
  });
});
