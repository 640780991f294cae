import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { remember, remembered } from '../data/remembered.ts';

const VIEWS = ['timeline', 'table'] as const;
export type ActivityView = (typeof VIEWS)[number];

const REMEMBERED = 'rekey-activity-view';

/** How the activity is shown: as it was last, and as the person chooses. */
export function useView(): [ActivityView, (view: ActivityView) => void] {
  const [view, setView] = useState<ActivityView>(
    () => VIEWS.find((one) => one === remembered(REMEMBERED)) ?? 'timeline',
  );
  const choose = (chosen: ActivityView): void => {
    remember(REMEMBERED, chosen);
    setView(chosen);
  };
  return [view, choose];
}

interface ViewChoiceProps {
  readonly chosen: ActivityView;
  onChoose(view: ActivityView): void;
}

export function ViewChoice({ chosen, onChoose }: ViewChoiceProps) {
  const { t } = useTranslation();
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label={t('activity.view.label')}
      selectedKeys={[chosen]}
      disallowEmptySelection
      onSelectionChange={(keys) => {
        const view = VIEWS.find((one) => keys.has(one));
        if (view) onChoose(view);
      }}
    >
      {VIEWS.map((view) => (
        <ToggleButton key={view} id={view} className="button">
          {t(`activity.view.${view}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
