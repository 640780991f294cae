import { describe, expect, it } from 'vitest';
import { examples } from '../../../main/providers/described/examples.ts';
import { parseDescription } from '../../../main/providers/described/parse-description.ts';
import { changed, exampleText } from './example.ts';

const IN_PLACE = exampleText('in-place');
const OVERLAP = exampleText('overlap');

/** Each problem as `line field: message`. */
function told(text: string): string[] {
  return parseDescription(text).problems.map(({ line, field, message }) => `${line} ${field}: ${message}`);
}

/** The line on which a piece of text stands. */
function lineWith(text: string, piece: string): number {
  const line = text.split('\n').findIndex((one) => one.includes(piece));
  if (line < 0) throw new Error(`${piece} does not stand there`);
  return line + 1;
}

describe('a description', () => {
  it.each(examples)('of the example $name is taken as it is', ({ text }) => {
    const { description, problems } = parseDescription(text);
    expect(problems).toEqual([]);
    expect(description).toEqual(JSON.parse(text));
  });

  it('is taken with a byte order mark and with the line ends of Windows', () => {
    const text = `\ufeff${IN_PLACE.replaceAll('\n', '\r\n')}`;
    expect(parseDescription(text).description).toEqual(JSON.parse(IN_PLACE));
  });

  it.each([
    ['"method": "POST"', '"method": "FETCH"', 'request.method: must be one of "POST", "PUT", "PATCH"'],
    ['"method": "POST"', '"method": 5', 'request.method: must be one of "POST", "PUT", "PATCH"'],
    ['"version": 1', '"version": 2', 'version: must be 1'],
    ['"id": "quill-mail"', '"id": "Quill Mail"', 'id: must be small letters, digits and dashes'],
    ['"id": "quill-mail"', '"id": "aux"', 'id: is a name that Windows keeps for a device'],
    [
      '"name": "Quill Mail"',
      '"name": "Quill\\u202eMail"',
      'name: must be one line of plain text, without spaces around it',
    ],
    ['"name": "Quill Mail"', '"name": ""', 'name: must have at least 1 character'],
    ['"page": "https://quill', '"page": "http://quill', 'page: must be an address that begins with https://'],
    ['"https://api.quill', '"http://api.quill', 'baseUrls[0]: must begin with https://'],
    [
      '"https://api.quill',
      '"javascript://api.quill',
      'baseUrls[0]: must be an address such as https://api.example.com/v1',
    ],
    [
      '"https://api.quill',
      '"https://ada:pw@api.quill',
      'baseUrls[0]: must be an address such as https://api.example.com/v1',
    ],
    [
      '"https://api.quill',
      '"https://{key}.quill',
      'baseUrls[0]: takes no placeholders: put them into the path of a request',
    ],
    ['"QUILL_API_KEY"', '"QUILL API KEY"', 'envNames[0]: must be the name of a variable'],
    [
      '"quill_[a-z0-9]{24}"',
      '"quill_.{24}"',
      'key.pattern: lets through spaces or signs that no key has: say which ones, such as [A-Za-z0-9_-]',
    ],
    [
      '"quill_[a-z0-9]{24}"',
      '"(?:a+)+"',
      'key.pattern: repeats without an end before its end: say the most, such as {1,200}',
    ],
    ['"quill_"', '"q"', 'key.prefixes[0]: must be 2 to 20 letters, digits, _ - and . that every key begins with'],
    ['"name": "workspace"', '"name": "api_secret"', 'settings[0].name: is no place for a secret: settings are not'],
    [
      '"path": "/workspaces/{setting.workspace}/keys/rotate"',
      '"path": "keys/rotate"',
      'request.path: must begin with / and go on from the base URL',
    ],
    [
      '"path": "/workspaces/{setting.workspace}/keys/rotate"',
      '"path": "/a b"',
      'request.path: must consist of what an address may hold, without # and spaces: percent-encode other signs',
    ],
    [
      '"path": "/workspaces/{setting.workspace}/keys/rotate"',
      '"path": "/a/%2e%2E/b"',
      'request.path: must not hold the steps . and ..',
    ],
    [
      '"Idempotency-Key": "{idempotency_key}"',
      '"Idempotency-Key": "{idempotency}"',
      'request.headers.Idempotency-Key: holds a placeholder that there is not; here are: {key}, {idempotency_key}, {now}, {name}, {setting.NAME}',
    ],
    [
      '"Idempotency-Key": "{idempotency_key}"',
      '"Idempotency-Key": "a\\nX-Other: b"',
      'request.headers.Idempotency-Key: must be one line of visible ASCII',
    ],
    [
      '"Idempotency-Key": "{idempotency_key}"',
      '"Host": "example.org"',
      'request.headers.Host: is a header that Rekey sets itself',
    ],
    ['"Idempotency-Key": "{idempotency_key}"', '"x-api-key": "{key}"', 'request.headers.x-api-key: stands here twice'],
    [
      '"requested_at": "{now}"',
      '"requested_at": "{then}"',
      'request.body.requested_at: holds a placeholder that there is not; here are: {key}, {idempotency_key}, {now}, {name}, {setting.NAME}',
    ],
    [
      '"requested_at": "{now}"',
      '"requested_at": "{setting.team}"',
      'request.body.requested_at: holds a {setting.NAME} that is not among the settings with "required": true',
    ],
    ['"required": true', '"required": "yes"', 'settings[0].required: must be true or false'],
    [
      '"has": "workspace.slug"',
      '"has": "workspace..slug"',
      'verify.has: must be names with dots between them, such as data.api_key',
    ],
    [
      '"kind": "irreversible"',
      '"kind": "harmless"',
      'consequences[3].kind: must be one of "old-key-dies-at-once", "new-key-expires", "blocked", "other-machines-stop", "irreversible"',
    ],
    ['"minutes": 15', '"minutes": 0', 'consequences[1].minutes: must be at least 1'],
    ['"minutes": 15', '"minutes": "15"', 'consequences[1].minutes: must be a number'],
    ['"verifyPatienceSeconds": 10', '"verifyPatienceSeconds": 9999', 'verifyPatienceSeconds: must be at most 120'],
    ['"verifyPatienceSeconds": 10', '"patience": 10', 'patience: there is no such field'],
    ['"hint": "starts with quill_"', '"hints": "starts with quill_"', 'key.hints: there is no such field'],
  ])('with %s changed to %s is refused with the line', (good, bad, problem) => {
    const text = IN_PLACE.replace(good, bad);
    expect(text).not.toBe(IN_PLACE);
    expect(told(text)).toContain(`${lineWith(text, bad.split('\\')[0] ?? '')} ${problem}`);
  });

  it.each([
    [
      '{key} in an address',
      { path: '/keys/{key}' },
      /^\d+ request\.path: must not hold \{key\}: addresses are written down/,
    ],
    ['{key} in a query', { path: '/keys?key={key}' }, /^\d+ request\.path: must not hold \{key\}/],
    ['no {key} at all', { headers: {} }, /^\d+ request: must hold \{key\} in a header or in the body/],
    [
      'a field without a name that can be shown',
      { headers: { 'sk-1 2': '{key}' } },
      /^\d+ request\.headers\.…: is not the name of a header/,
    ],
    ['a text as its body', { body: 'key={key}' }, /^\d+ request\.body: must be an object or a list/],
  ])('of a request with %s is refused', (_, change, problem) => {
    const { request } = JSON.parse(IN_PLACE);
    const problems = told(changed('in-place', { request: { ...request, ...change } }));
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    ['in-place', { request: undefined }, ['1 request: is missing']],
    ['in-place', { verify: undefined }, ['1 verify: is missing']],
    ['in-place', { answer: {} }, [expect.stringMatching(/^\d+ answer\.key: must be names with dots/)]],
    [
      'in-place',
      { strategy: 'rotating' },
      [expect.stringMatching(/ strategy: must be one of "in-place", "overlap", "manual"$/)],
    ],
    ['in-place', { strategy: undefined }, ['1 strategy: must be one of "in-place", "overlap", "manual"']],
    ['overlap', { overlap: undefined }, ['1 overlap: is missing']],
    ['by-hand', { answer: { key: 'key' } }, [expect.stringMatching(/^\d+ answer: there is no such field$/)]],
    ['by-hand', { consequences: [] }, [expect.stringMatching(/^\d+ consequences: there is no such field$/)]],
    ['by-hand', { envNames: [] }, [expect.stringMatching(/^\d+ envNames: must have at least 1 entry$/)]],
  ] as const)('of the strategy %s with %j is refused', (name, change, problems) => {
    expect(told(changed(name, change))).toEqual(problems);
  });

  it('of a second key must name it, and say which one to revoke', () => {
    const { request, overlap } = JSON.parse(OVERLAP);
    expect(told(changed('overlap', { request: { ...request, body: {} } }))).toEqual([
      expect.stringMatching(/^\d+ request: must hold \{name\}/),
    ]);
    const revoke = { ...overlap.revoke, path: '/tokens' };
    expect(told(changed('overlap', { overlap: { ...overlap, revoke } }))).toEqual([
      expect.stringMatching(/^\d+ overlap\.revoke: must hold \{id\}/),
    ]);
  });

  it('can be told several things at once, in the order of the lines', () => {
    const text = IN_PLACE.replace('"version": 1', '"version": 3')
      .replace('"POST"', '"PAST"')
      .replace('"has"', '"hass"');
    expect(told(text).map((one) => one.split(' ')[1])).toEqual(['version:', 'request.method:', 'verify.hass:']);
  });
});

describe('a text that is no JSON', () => {
  it.each([
    ['', '1 : a value is expected here; or there is a comma too many'],
    ['{\n"a": 1,\n}', '3 : the name of a field is expected here, in double quotes; or there is a comma too many'],
    ['{\n"a" 1\n}', '2 : a colon is expected here'],
    ['{\n"a": 1\n"b": 2\n}', '3 : a comma is expected here'],
    ["{\n'a': 1\n}", '2 : something stands here that is not JSON: texts need double quotes'],
    ['{\n// a comment\n}', '2 : a comment can’t stand in JSON'],
    ['{\n"a": "b\n}', '2 : a text has no double quote at its end'],
    [
      '{\n"a": "\\q"\n}',
      '2 : a \\ in a text stands before a sign that it can’t stand before; a \\ itself is written \\\\',
    ],
    ['{\n"a": 1', '2 : a } is missing'],
    ['{}\n{}', '2 : more stands here than one JSON document'],
    ['[]', '1 : must be an object'],
    ['{\n"a": 1,\n"a": 2\n}', '3 a: stands here twice'],
    ['{\n"__proto__": {}\n}', '2 …: is not a name that can be used'],
    ['{"a":\n'.repeat(40), '25 : it is nested too deep'],
    ['['.repeat(60_000), '1 : it is nested too deep'],
    ['x'.repeat(70_000), '1 : it is too long'],
  ])('(case %#) is refused with the line', (text, problem) => {
    expect(told(text)).toEqual([problem]);
  });
});

describe('what is told of a description', () => {
  const CANARY = 'sk-live-0123456789CANARY';
  it.each([
    ['id', CANARY],
    ['name', `${CANARY}\n`],
    ['page', CANARY],
    ['baseUrls', [CANARY]],
    ['envNames', [`${CANARY} `]],
    ['strategy', CANARY],
    ['version', CANARY],
    ['key', { pattern: `(${CANARY}`, [CANARY]: 1 }],
    [CANARY, 1],
    ['request', { method: CANARY, path: CANARY, headers: { [CANARY]: `${CANARY}\n`, [`${CANARY} `]: '' } }],
    ['request', { method: 'POST', path: `/{${CANARY.toLowerCase()}}`, headers: { a: `{${CANARY}}` } }],
    ['consequences', [{ kind: CANARY }]],
    ['settings', [{ name: CANARY, label: `${CANARY}\n`, required: CANARY }]],
    ['answer', { key: `${CANARY} ` }],
  ])('never repeats what stands in it (%s)', (field, value) => {
    const { problems } = parseDescription(changed('in-place', { [field]: value }));
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toMatch(/CANARY|0123456789/i);
  });

  it('never repeats it where it is no JSON either', () => {
    for (const text of [
      `{"a": "${CANARY}`,
      `{"${CANARY}" 1}`,
      CANARY,
      `{"a":1,"a":"${CANARY}"}`,
      `{"${CANARY}":1,"${CANARY}":1}`,
    ]) {
      expect(JSON.stringify(parseDescription(text).problems)).not.toContain('CANARY');
    }
  });
});
