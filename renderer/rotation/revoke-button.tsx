import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { RevokeDialog } from './revoke-dialog.tsx';
import { useOldKeyName } from './use-old-key-words.ts';

const BY_REKEY = {
  long: 'rotation.revoke.now',
  short: 'rotation.revoke.nowShort',
  label: 'rotation.revoke.nowLabel',
} as const;
const BY_PERSON = {
  long: 'rotation.revoke.byPerson',
  short: 'rotation.revoke.byPersonShort',
  label: 'rotation.revoke.byPersonLabel',
} as const;

interface RevokeButtonProps {
  readonly rotation: Rotation;
  /** In a list of keys: few words are seen, and all of them are heard. */
  readonly short?: boolean;
}

/** Has the old key revoked now, or notes that the person has done it at the service. */
export function RevokeButton({ rotation, short = false }: RevokeButtonProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const names = { key: useOldKeyName()(rotation), name: rotation.target.name };
  const words = rotation.revocation?.by === 'person' ? BY_PERSON : BY_REKEY;
  return (
    <>
      <Button
        className={short ? 'button button-small' : 'button'}
        {...(short && { 'aria-label': t(words.label, names) })}
        onPress={() => setOpen(true)}
      >
        {t(short ? words.short : words.long, names)}
      </Button>
      {open && <RevokeDialog rotation={rotation} onClose={() => setOpen(false)} />}
    </>
  );
}
