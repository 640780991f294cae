import { describe, expect, it, vi } from 'vitest';
import { ScriptedCore } from '../e2e/scripted/scripted-core.ts';
import { boot } from './boot.ts';
import { ElectronDouble } from './electron-double.ts';

/** A core in which Chinese was chosen. */
function chineseCore(): ScriptedCore {
  const core = new ScriptedCore();
  core.settings.language = 'zh-CN';
  return core;
}

describe('the tray', () => {
  it('speaks the language of the settings, down to the icon’s tooltip', async () => {
    const { electron } = await boot({ core: chineseCore() });
    expect(electron.menu.labels).toContain('轮换“work”…');
    expect(electron.menu.labels).toContain('退出 Rekey');
    expect(electron.tray.toolTip).toMatch(/^Rekey：.*密钥/);
    for (const label of electron.menu.labels) expect(label).not.toMatch(/\b(Rotate|Verify|Copy|Open|Quit|keys?)\b/);
  });

  it('changes it as soon as another one is chosen, and back', async () => {
    const { electron, core } = await boot();
    expect(electron.menu.labels).toContain('Quit Rekey');
    core.changeSettings({ language: 'zh-CN' });
    await vi.waitFor(() => expect(electron.menu.labels).toContain('退出 Rekey'));
    core.changeSettings({ language: 'en' });
    await vi.waitFor(() => expect(electron.menu.labels).toContain('Quit Rekey'));
  });

  it('speaks the system’s language as long as none was chosen', async () => {
    const electron = new ElectronDouble();
    electron.app.locale = 'zh-CN';
    await boot({ electron });
    expect(electron.menu.labels).toContain('打开 Rekey');
  });

  it('stays as it is while the settings can’t be read', async () => {
    const { electron, core } = await boot({ core: chineseCore() });
    core.failing.set('getSettings', { code: 'x', message: 'No settings.', wayOut: 'None.' });
    core.changeSettings({ rotateEveryDays: 30 });
    await vi.waitFor(() => expect(core.inputsOf('getSettings')).toHaveLength(2));
    expect(electron.menu.labels).toContain('退出 Rekey');
  });
});

describe('in the same language are', () => {
  it('dialogs, with the sentences of the core in them', async () => {
    const core = chineseCore();
    const { electron } = await boot({ core });
    electron.menu.click('验证“market”');
    await vi.waitFor(() => expect(electron.boxes).toHaveLength(1));
    expect(electron.boxes[0]).toMatchObject({
      message: 'a2amarket 拒绝“market”。',
      detail: '它应答 401\n\n请在那里获取有效的密钥，并在 Rekey 中替换此密钥。',
      buttons: ['好'],
    });
    core.failing.set('copyKey', {
      code: 'keychain-locked',
      message: 'The keychain is locked. Nothing was changed.',
      wayOut: 'Unlock the keychain, then try again.',
    });
    electron.menu.click('复制“work”的密钥');
    await vi.waitFor(() => expect(electron.boxes).toHaveLength(2));
    expect(electron.boxes[1]).toMatchObject({
      message: '钥匙串已锁定。没有任何更改。',
      detail: '请解锁钥匙串，然后重试。',
    });
  });

  it('notifications', async () => {
    const { electron, core } = await boot({ core: chineseCore() });
    core.makeDue('work', 93);
    await vi.waitFor(() => expect(electron.notifications).toHaveLength(1));
    expect(electron.notifications[0]).toMatchObject({ title: '“work”该轮换了', body: '它已使用 93 天。' });
  });

  it('the question before Rekey ends, whose answer counts all the same', async () => {
    const core = chineseCore();
    const booted = await boot({ core });
    const { electron } = booted;
    booted.busy = true;
    electron.presses.push('仍然退出…');
    electron.menu.click('退出 Rekey');
    await vi.waitFor(() => expect(electron.boxes).toHaveLength(2));
    expect(electron.boxes[0]).toMatchObject({ buttons: ['留在 Rekey', '仍然退出…'] });
    expect(electron.boxes[1]?.buttons).toEqual(['留在 Rekey', '退出，并冒丢失密钥的风险']);
  });
});
