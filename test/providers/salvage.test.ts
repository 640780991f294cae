import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { a2amarket } from '../../main/providers/a2amarket.ts';
import { bitscale } from '../../main/providers/bitscale.ts';
import { lightningFaucet } from '../../main/providers/lightning-faucet.ts';
import { log10x } from '../../main/providers/log10x.ts';
import type { Provider } from '../../main/providers/provider.ts';
import { candidates, companionsIn } from '../../main/providers/salvage.ts';

const OLD = 'sk-live-old-0123456789';
const NEW = 'sk-live-new-0123456789';
const UUIDS = Array.from({ length: 9 }, (_, digit) => `7c9e6679-7425-40de-944b-e07fc1f90ae${digit}`);

function found(raw: string | Buffer, provider: Provider = bitscale): string[] {
  return candidates(Buffer.from(raw), provider, [new Secret(OLD)]).map((key) => key.reveal());
}

describe('an answer that can’t be read still gives the key', () => {
  it.each<[string, string | Buffer]>([
    ['in broken JSON', `{"api_key":"${NEW}"`],
    ['in words', `Your new key is ${NEW}. Keep it safe!`],
    ['at a place that nobody knew', JSON.stringify({ result: { credentials: [{ value: NEW }] } })],
    ['in a web page', `<p>API key: <code>${NEW}</code></p>`],
    ['between bytes of no text', Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from(NEW), Buffer.from([0x80])])],
    ['with JSON’s escapes in it', `{"api_key":"sk\\u002dlive\\u002Dnew-0123456789"`],
    ['after an escaped line end', `{"message":"new key:\\n${NEW}\\n"`],
    ['twice', `${NEW} ${NEW}`],
    ['beside the old one', JSON.stringify({ old: OLD, new: NEW })],
    ['in text inside of JSON', JSON.stringify({ body: JSON.stringify({ api_key: NEW }) })],
    ['packed by a gateway', gzipSync(Buffer.from(`{"api_key":"${NEW}"}{`))],
  ])('(%s)', (_, raw) => expect(found(raw)).toEqual([NEW]));

  it('packed and cut off', () => {
    const packed = gzipSync(Buffer.from(`{"api_key":"${NEW}","more":"${'abc'.repeat(2_000)}"}`));
    expect(found(packed.subarray(0, packed.length - 12))).toEqual([NEW]);
  });
});

describe('what is tried as the new key', () => {
  it('is never the old one', () => expect(found(`{"api_key":"${OLD}"}`)).toEqual([]));

  it('is nothing where nothing looks like a key', () => {
    expect(found('')).toEqual([]);
    expect(found('rotated, but we say no more')).toEqual([]);
    expect(found('sk-test-0123456789')).toEqual([]);
  });

  it('is no name of a field', () => {
    const raw = '{"agent_balance_sats":1,"agent_budget_limit_sats": 2,"agent_key":"agent_0123456789"}';
    expect(found(raw, lightningFaucet)).toEqual(['agent_0123456789']);
  });

  it('is at most five, those first that stand beside the word key, token or secret', () => {
    const raw = `${UUIDS.slice(0, 8).join(`", "${'.'.repeat(50)}`)} ${'.'.repeat(50)} "api_key": "${UUIDS[8]}"`;
    const tried = found(raw, log10x);
    expect(tried).toHaveLength(5);
    expect(tried[0]).toBe(UUIDS[8]);
  });

  it('is found in a large answer, at a cost that its length does not square', () => {
    expect(found(`${'a'.repeat(500_000)} ${'sk-live-'.repeat(1_000)} key ${NEW} ${'\\u00'.repeat(100_000)}`)).toContain(
      NEW,
    );
  });
});

describe('a further secret in such an answer', () => {
  const HMAC = 'hmac-secret-0123456789';
  const inside = (raw: string): string[] =>
    Object.entries(companionsIn(Buffer.from(raw), a2amarket)).map(([name, secret]) => `${name} ${secret.reveal()}`);

  it.each([
    ['in broken JSON', `{"api_key":"ak_new","hmac_secret": "${HMAC}"`],
    ['twice', `{"hmac_secret":"${HMAC}"}{"hmac_secret":"${HMAC}"}`],
    ['in text inside of JSON', JSON.stringify({ body: JSON.stringify({ hmac_secret: HMAC }) })],
  ])('is found by its name (%s)', (_, raw) => expect(inside(raw)).toEqual([`hmac_secret ${HMAC}`]));

  it('is left out when it can’t be one', () => {
    expect(inside('{"hmac_secret":"with space"}')).toEqual([]);
    expect(inside(`{"hmac_secret":"${'x'.repeat(500)}"}`)).toEqual([]);
    expect(inside('{"secret":"of another"}')).toEqual([]);
  });
});
