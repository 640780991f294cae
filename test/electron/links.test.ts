import { expect, it } from 'vitest';
import { holdsAddress } from '../../main/shells/electron/lifecycle/holds-address.ts';
import { boot } from './boot.ts';

it.each([
  'rekey://rotate?credential=work',
  'app://rekey/confirmation.html?id=1',
  'HTTPS://example.com',
  'file:///etc/passwd',
])('a second start with the address %s opens nothing, and is noted', async (address) => {
  const { electron, core, told } = await boot({ byBridge: true });
  const before = core.asked.length;
  electron.app.emit('second-instance', {}, ['/opt/Rekey/rekey', '--no-sandbox', address], '/', { byBridge: false });
  expect(electron.windows).toEqual([]);
  expect(core.asked.slice(before)).toEqual([]);
  expect(told).toEqual(['link']);
});

it.each(['open-url', 'open-file'])('what comes by %s is thrown away unread, and noted', async (event) => {
  const { electron, core, told } = await boot({ byBridge: true });
  const before = core.asked.length;
  let prevented = false;
  electron.app.emit(event, { preventDefault: () => (prevented = true) }, 'rekey://rotate?credential=work');
  expect(prevented).toBe(true);
  expect(electron.windows).toEqual([]);
  expect(core.asked.slice(before)).toEqual([]);
  expect(told).toEqual(['link']);
});

it('an address is told from what programs are started with', () => {
  const program = 'C:\\Program Files\\Rekey\\Rekey.exe';
  expect(
    holdsAddress([program, '--at-login', '--lang=https://x', 'C:\\Users\\sam\\main.mjs', '/home/sam/main.mjs']),
  ).toBe(false);
  expect(holdsAddress(['rekey://rotate'])).toBe(false);
  expect(holdsAddress([program, 'rekey:rotate'])).toBe(true);
});
