import { expect, it } from 'vitest';
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
