import { useId, useRef, useState } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type LanguageChoice, LanguageChoiceSchema, languageOf } from '../../preload/language.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { languageName } from '../words/language-name.ts';
import { useChange } from './use-change.ts';

/** In which language Rekey speaks. It changes in every window as soon as it is chosen. */
export function LanguageSetting({ language }: { language: LanguageChoice }) {
  const { t } = useTranslation();
  const { change, failure } = useChange();
  /** What the person has just chosen, until it holds or was refused. */
  const [wanted, setWanted] = useState<LanguageChoice | null>(null);
  const turns = useRef(0);
  const id = useId();
  const choose = async (choice: LanguageChoice) => {
    const turn = ++turns.current;
    setWanted(choice);
    await change(() => ({ language: choice }));
    if (turn === turns.current) setWanted(null);
  };
  const ofSystem = t('settings.languageSystem', { language: languageName(languageOf('system', navigator.languages)) });
  const choices = [['system', ofSystem] as const, ...LANGUAGES.map((one) => [one, languageName(one)] as const)];
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('settings.language')}</h2>
      <div className="panel setting stack-tight">
        <Select
          className="field"
          value={wanted ?? language}
          onChange={(chosen) => void choose(LanguageChoiceSchema.parse(chosen))}
        >
          <Label className="field-label">{t('settings.languageLabel')}</Label>
          <Button className="input select-button">
            <SelectValue />
            <Icon name="chevron" />
          </Button>
          <Popover className="menu-box select-box">
            <ListBox className="menu">
              {choices.map(([choice, words]) => (
                <ListBoxItem
                  key={choice}
                  id={choice}
                  textValue={words}
                  className="menu-item"
                  {...(choice !== 'system' && { lang: choice })}
                >
                  {words}
                </ListBoxItem>
              ))}
            </ListBox>
          </Popover>
        </Select>
        <p className="small muted">{t('settings.languageMore')}</p>
        {failure && <FailureNotice failure={failure} />}
      </div>
    </section>
  );
}
