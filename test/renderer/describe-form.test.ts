import { describe, expect, it } from 'vitest';
import { EMPTY_SERVICE, formOf, missingIn, problemsByField } from '../../renderer/services/describe-form.ts';

const typed = { ...EMPTY_SERVICE, name: 'Acme', page: 'https://acme.example.com', envNames: ' ACME_KEY, OLD_KEY;X\n' };

describe('the form that describes a service', () => {
  it('needs a name, a page and a variable', () => {
    expect(missingIn(EMPTY_SERVICE)).toEqual(['name', 'page', 'envNames']);
    expect(missingIn({ ...typed, page: '  ' })).toEqual(['page']);
    expect(missingIn(typed)).toEqual([]);
  });

  it('takes several variables with anything between them, and leaves out what was left empty', () => {
    expect(formOf(typed)).toEqual({
      name: 'Acme',
      page: 'https://acme.example.com',
      envNames: ['ACME_KEY', 'OLD_KEY', 'X'],
    });
  });

  it('asks about keys only where an address is given', () => {
    const asking = { ...typed, pattern: 'acme_\\w{20}', verifyUrl: 'https://api.example.com/me' };
    expect(formOf(asking)).toMatchObject({
      pattern: 'acme_\\w{20}',
      verify: { url: 'https://api.example.com/me', header: 'Authorization', value: 'Bearer {key}' },
    });
    expect(formOf({ ...asking, verifyHas: 'user' }).verify).toMatchObject({ has: 'user' });
  });

  it.each([
    ['name', 'name'],
    ['id', 'name'],
    ['page', 'page'],
    ['envNames[1]', 'envNames'],
    ['key.pattern', 'pattern'],
    ['verify.path', 'verifyUrl'],
    ['verify.headers.X', 'verifyHeader'],
    ['verify', 'verifyValue'],
    ['verify.has', 'verifyHas'],
    ['baseUrls[0]', 'page'],
  ])('shows what is wrong with %s at the field %s', (field, shown) => {
    expect(problemsByField([{ line: 1, field, message: 'is missing' }], typed)).toEqual({ [shown]: 'is missing' });
  });

  it('shows what is wrong with the address at the address, and the first of several things at each field', () => {
    const problems = ['must begin with https://', 'is odd'].map((message) => ({
      line: 1,
      field: 'baseUrls[0]',
      message,
    }));
    expect(problemsByField(problems, { ...typed, verifyUrl: 'http://a' })).toEqual({
      verifyUrl: 'must begin with https://',
    });
  });
});
