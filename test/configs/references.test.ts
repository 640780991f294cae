import { describe, expect, it } from 'vitest';
import { looksLikeReference } from '../../main/configs/references.ts';
import { catalogue } from '../../main/hosts/catalogue/index.ts';

describe('a key that a host would take for a reference', () => {
  it.each([
    ['a${HOME}b', ['${NAME}'], true],
    ['a${HOME}b', ['${NAME:-default}'], true],
    ['a${HOME}b', ['{env:NAME}', '$(command)'], false],
    ['a${1}b', ['${NAME}'], false],
    ['a$HOME', ['$NAME'], true],
    ['a$1', ['$NAME'], false],
    ['a$', ['$NAME'], false],
    ['a$HOME', ['${NAME}'], false],
    ['a{env:X}', ['{env:NAME}'], true],
    ['a${env:X}', ['${env:NAME}'], true],
    ['a${input:x}', ['${input:id}'], true],
    ['a{file:~/x}', ['{file:path}'], true],
    ['a$(x)', ['$(command)'], true],
    ['a${{x}}', ['${{ secrets.NAME }}'], true],
    ['a{{x}}', ['{{NAME}}'], true],
    ['%PATH%', ['%NAME%'], true],
    ['100%', ['%NAME%'], false],
    ['env_vars', ['env_vars', 'NAME,target=VARIABLE'], false],
  ])('%s with the notations %j: %s', (key, notations, expected) => {
    expect(looksLikeReference(key, notations)).toBe(expected);
  });

  it('is none made of the usual characters, for any host', () => {
    const all = catalogue.flatMap(({ references }) => references);
    for (const key of ['sk-live-0123_AB.cd~ef+gh/ij=', '3f2c1b0a-9d8e-4f7a-8b6c-5d4e3f2a1b0c', 'lf_:,;@!*']) {
      expect(looksLikeReference(key, all)).toBe(false);
    }
  });
});
