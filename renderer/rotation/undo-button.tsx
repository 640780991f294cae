import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import type { Doing } from '../data/use-doing.ts';
import { useRequestRotation } from '../keys/use-request-rotation.ts';
import { useOldKeyName } from './use-old-key-words.ts';

interface UndoButtonProps {
  readonly rotation: Rotation;
  readonly doing: Doing;
  /** In a list of keys: few words are seen, and all of them are heard. */
  readonly short?: boolean;
}

/** Asks to go back to the old key; the person confirms it as any other rotation. */
export function UndoButton({ rotation, doing, short = false }: UndoButtonProps) {
  const { t } = useTranslation();
  const requestRotation = useRequestRotation();
  const { id, target } = rotation;
  const names = { key: useOldKeyName()(rotation), name: target.name };
  return (
    <Button
      className={short ? 'button button-small' : 'button'}
      {...(short && { 'aria-label': t('rotation.undoLabel', names) })}
      isDisabled={doing.busy}
      onPress={() => doing.run(() => requestRotation({ credential: target.id, undo: id }))}
    >
      {t(short ? 'rotation.undoShort' : 'rotation.undo', names)}
    </Button>
  );
}
