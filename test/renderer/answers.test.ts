import { describe, expect, it } from 'vitest';
import type { AnyEvent, CallInput, CallName, CallOutput, RekeyApi } from '../../preload/contract.ts';
import { Answers } from '../../renderer/data/answers.ts';

/** A core whose answers the test gives one by one. */
class ApiByHand implements RekeyApi {
  readonly asked: string[] = [];
  readonly #waiting: { resolve(value: unknown): void; reject(error: unknown): void }[] = [];
  #listener: (event: AnyEvent) => void = () => {};

  call<K extends CallName>(name: K, _input: CallInput<K>): Promise<CallOutput<K>> {
    this.asked.push(name);
    return new Promise<unknown>((resolve, reject) => this.#waiting.push({ resolve, reject })) as Promise<CallOutput<K>>;
  }

  on(listener: (event: AnyEvent) => void): () => void {
    this.#listener = listener;
    return () => {};
  }

  async answer(value: unknown): Promise<void> {
    this.#waiting.shift()?.resolve(value);
    await new Promise((resolve) => setImmediate(resolve));
  }

  async fail(error: unknown): Promise<void> {
    this.#waiting.shift()?.reject(error);
    await new Promise((resolve) => setImmediate(resolve));
  }

  tell(event: AnyEvent): void {
    this.#listener(event);
  }
}

const changed = (topic: 'credentials' | 'hosts'): AnyEvent => ({ name: 'changed', payload: { topic } });

describe('what the core answered', () => {
  it('is asked for once, however many want it', async () => {
    const api = new ApiByHand();
    const answers = new Answers(api);
    answers.want('listHosts');
    answers.want('listHosts');
    await api.answer([]);
    answers.want('listHosts');
    expect(api.asked).toEqual(['listHosts']);
    expect(answers.get('listHosts')).toEqual({ value: [], failure: null });
  });

  it('is asked for again when it changed, but only what is shown', async () => {
    const api = new ApiByHand();
    const answers = new Answers(api);
    answers.want('listCredentials');
    await api.answer([]);
    api.tell(changed('hosts'));
    expect(api.asked).toEqual(['listCredentials']);
    api.tell(changed('credentials'));
    expect(api.asked).toEqual(['listCredentials', 'listCredentials']);
  });

  it('of what is due is asked for again when something has become due, or a key or rotation has changed', async () => {
    const api = new ApiByHand();
    const answers = new Answers(api);
    answers.want('listReminders');
    await api.answer([]);
    for (const event of [{ name: 'reminder' as const, payload: [] }, changed('credentials')]) {
      api.tell(event);
      await api.answer([]);
    }
    expect(api.asked).toEqual(['listReminders', 'listReminders', 'listReminders']);
  });

  it('is asked for once more when it changed while the answer was under way', async () => {
    const api = new ApiByHand();
    const answers = new Answers(api);
    answers.want('listCredentials');
    for (let times = 0; times < 5; times++) api.tell(changed('credentials'));
    await api.answer([]);
    await api.answer([]);
    expect(api.asked).toEqual(['listCredentials', 'listCredentials']);
  });

  it('is there for whoever asked once it is no older than the question', async () => {
    const api = new ApiByHand();
    const answers = new Answers(api);
    answers.want('getSettings');
    let seen: unknown = null;
    const asked = answers.ask('getSettings').then(() => {
      seen = answers.get('getSettings').value;
    });
    await api.answer({ language: 'en' });
    expect(seen).toBeNull();
    await api.answer({ language: 'zh-CN' });
    await asked;
    expect(seen).toEqual({ language: 'zh-CN' });
    expect(api.asked).toEqual(['getSettings', 'getSettings']);
  });

  it('stays when asking again fails, beside the failure', async () => {
    const api = new ApiByHand();
    const answers = new Answers(api);
    answers.want('listHosts');
    await api.answer([]);
    api.tell(changed('hosts'));
    await api.fail({ code: 'hosts-unreadable', message: 'No.', wayOut: 'Try again.' });
    expect(answers.get('listHosts').value).toEqual([]);
    expect(answers.get('listHosts').failure).toMatchObject({ code: 'hosts-unreadable', wayOut: 'Try again.' });
  });

  it('tells whoever listens, until they stop', async () => {
    const api = new ApiByHand();
    const answers = new Answers(api);
    let told = 0;
    const stop = answers.subscribe(() => told++);
    answers.want('listHosts');
    await api.answer([]);
    stop();
    api.tell(changed('hosts'));
    await api.answer([]);
    expect(told).toBe(1);
  });
});
