import type { MenuItemConstructorOptions } from 'electron';
import type { MenuItemSpec, TrayAction } from './tray-menu.ts';

/**
 * A menu's data in Electron's form.
 * @param say says a label in the person's language.
 */
export function menuTemplate(
  items: readonly MenuItemSpec[],
  run: (action: TrayAction) => void,
  say: (label: string) => string,
): MenuItemConstructorOptions[] {
  return items.map((item) => {
    if (item.kind === 'separator') return { type: 'separator' };
    const label = literal(say(item.label));
    if (item.kind === 'line') return { label, enabled: false };
    if (item.kind === 'submenu') return { label, submenu: menuTemplate(item.items, run, say) };
    return { label, enabled: item.enabled, click: () => run(item.action) };
  });
}

/** A single `&` would underline the next letter. */
function literal(label: string): string {
  return label.replaceAll('&', '&&');
}
