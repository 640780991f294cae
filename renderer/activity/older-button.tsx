import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useDoing } from '../data/use-doing.ts';

/** Asks for what was done before all that is shown. */
export function OlderButton({ onPress }: { onPress(): Promise<void> }) {
  const { t } = useTranslation();
  const { busy, run } = useDoing();
  return (
    <p>
      <Button className="button" isDisabled={busy} onPress={() => run(onPress)}>
        {t('activity.older')}
      </Button>
    </p>
  );
}
