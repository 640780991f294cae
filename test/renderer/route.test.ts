import { describe, expect, it } from 'vitest';
import { confirmationHref, keyHref, rotationHref, routeOf } from '../../renderer/app/route.ts';

it.each([
  ['', { page: 'keys', id: null }],
  ['#/keys', { page: 'keys', id: null }],
  ['#/keys/a%2Fb', { page: 'keys', id: 'a/b' }],
  ['#/keys/%E0%A4%A', { page: 'keys', id: null }],
  ['#/hosts', { page: 'hosts' }],
  ['#/activity', { page: 'activity' }],
  ['#/rotation/a%2Fb', { page: 'rotation', id: 'a/b' }],
  ['#/rotation/', { page: 'not-found' }],
  ['#/rotation/%E0%A4%A', { page: 'not-found' }],
  ['#/settings', { page: 'settings' }],
  ['#/elsewhere', { page: 'not-found' }],
])('%j leads to %j', (hash, route) => {
  expect(routeOf(hash)).toEqual(route);
});

it('ids are kept from breaking out of an address', () => {
  expect(routeOf(rotationHref('a/b?c#d'))).toEqual({ page: 'rotation', id: 'a/b?c#d' });
  expect(routeOf(keyHref('a/b?c#d'))).toEqual({ page: 'keys', id: 'a/b?c#d' });
  expect(confirmationHref('a&b=c')).toBe('confirmation.html?id=a%26b%3Dc');
});

describe('the addresses of practice', () => {
  it.each([
    ['#/practice', { at: 'start' }],
    ['#/practice/', { at: 'start' }],
    ['#/practice/service', { at: 'service' }],
    ['#/practice/confirm/a%20b', { at: 'confirm', id: 'a b' }],
    ['#/practice/rotation/7', { at: 'rotation', id: '7' }],
  ])('lead into practice and never out of it: %s', (hash, place) => {
    expect(routeOf(hash)).toEqual({ page: 'practice', place });
  });

  it.each(['#/practice/rotation', '#/practice/confirm/', '#/practice/confirm/%', '#/practice/keys/1'])(
    'are not known otherwise: %s',
    (hash) => {
      expect(routeOf(hash)).toEqual({ page: 'not-found' });
    },
  );
});
