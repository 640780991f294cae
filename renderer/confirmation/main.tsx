import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chooseCarrier } from '../carrier/choose-carrier.ts';
import { startWords } from '../words/i18n.ts';
import { InLanguage } from '../words/in-language.tsx';
import { ConfirmationPage } from './confirmation-page.tsx';
import './confirmation.css';

startWords();
const api = chooseCarrier();
const id = new URLSearchParams(location.search).get('id');
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <InLanguage api={api}>
      <ConfirmationPage api={api} id={id} />
    </InLanguage>
  </StrictMode>,
);
