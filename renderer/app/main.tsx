import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chooseCarrier } from '../carrier/choose-carrier.ts';
import { Answers } from '../data/answers.ts';
import { RekeyProvider } from '../data/use-rekey.tsx';
import { startWords } from '../words/i18n.ts';
import { InLanguage } from '../words/in-language.tsx';
import { App } from './app.tsx';
import { SayProvider } from './say.tsx';
import './app.css';

startWords();
const api = chooseCarrier();
const rekey = { api, answers: new Answers(api) };
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <RekeyProvider value={rekey}>
      <InLanguage api={api}>
        <SayProvider>
          <App />
        </SayProvider>
      </InLanguage>
    </RekeyProvider>
  </StrictMode>,
);
