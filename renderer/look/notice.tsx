import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

type NoticeTone = 'info' | 'ok' | 'warn' | 'bad';

const ICONS: Record<NoticeTone, IconName> = { info: 'info', ok: 'check', warn: 'warning', bad: 'warning' };

interface NoticeProps {
  readonly tone: NoticeTone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** `alert` interrupts a screen reader: only for what the person has just caused or must know now. */
  readonly role?: 'alert' | 'status';
}

/** Something to know, with what can be done about it. */
export function Notice({ tone, title, children, actions, role }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`} role={role}>
      <Icon name={ICONS[tone]} />
      <div className="notice-words">
        <p className="notice-title">{title}</p>
        {children}
      </div>
      {actions && <div className="notice-actions">{actions}</div>}
    </div>
  );
}
