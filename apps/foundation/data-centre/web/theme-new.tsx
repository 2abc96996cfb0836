import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ThemeBuilder } from './theme-builder.tsx';
import './texts.ts';
import './theme-texts.ts';
import './data-centre.css';

/** A new thematic database (新建专题库). */
export default function NewThemePage() {
  const { t } = useTranslation('data-themes');
  const go = useNavigate();
  return (
    <div className="dc">
      <p className="dc-back">
        <Link to="/data/themes">{t('back')}</Link>
      </p>
      <header className="dc-head">
        <h1>{t('make')}</h1>
        <p className="soft">{t('noneText')}</p>
      </header>
      <ThemeBuilder onDone={(id) => void go(`/data/themes/${id}`)} onCancel={() => void go('/data/themes')} />
    </div>
  );
}
