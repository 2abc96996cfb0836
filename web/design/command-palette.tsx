import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Entrance } from '#web/shell/entrances.ts';
import type { Page } from '#web/shell/page.ts';

/** Quick find (Ctrl K, or the event `district-find`): every page that needs no parameter, by its Chinese or English name. */
export function CommandPalette({
  open,
  onOpen,
  pages,
  entrances,
  findAt,
}: {
  open: boolean;
  onOpen: (open: boolean) => void;
  pages: Page[];
  /** Entrances that the person works in. */
  entrances: readonly Entrance[];
  /** Page that looks for what no page is called: people, enterprises, buildings; the words are its `q`. */
  findAt?: string;
}) {
  const { t, i18n } = useTranslation();
  const go = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    const show = () => onOpen(true);
    const key = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      show();
    };
    addEventListener('keydown', key);
    addEventListener('district-find', show);
    return () => {
      removeEventListener('keydown', key);
      removeEventListener('district-find', show);
    };
  }, [onOpen]);
  useEffect(() => {
    if (open) {
      setWords('');
      setAt(0);
      dialog.current?.showModal();
    } else dialog.current?.close();
  }, [open]);
  const entries = [
    ...pages
      .filter(
        (page) => !page.path.includes(':') && page.path !== `/${page.entrance}` && entrances.includes(page.entrance),
      )
      .map(({ path, title }) => ({
        path,
        title: title[i18n.language === 'en' ? 'en' : 'zh'],
        also: `${title.zh} ${title.en}`,
      })),
    ...entrances.map((name) => ({ path: `/${name}`, title: t(`entrance.${name}.title`), also: name })),
  ];
  const wanted = words.trim();
  const named = entries
    .filter(({ title, also, path }) => `${title} ${also} ${path}`.toLowerCase().includes(wanted.toLowerCase()))
    .slice(0, 12);
  const search =
    findAt && wanted
      ? [{ path: `${findAt}?q=${encodeURIComponent(wanted)}`, title: t('palette.find', { words: wanted }), shown: '' }]
      : [];
  const found: { path: string; title: string; shown?: string }[] = [...named, ...search];
  const choose = (path: string) => {
    onOpen(false);
    void go(path);
  };
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((at + step + found.length) % Math.max(found.length, 1));
    }
    const entry = found[at];
    if (event.key === 'Enter' && entry) {
      event.preventDefault();
      choose(entry.path);
    }
  };
  return (
    <dialog ref={dialog} className="dialog palette" aria-label={t('palette.title')} onClose={() => onOpen(false)}>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[at] ? `palette-${at}` : undefined}
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        value={words}
        onKeyDown={keys}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
      />
      <ul id="palette-list" role="listbox" aria-label={t('palette.title')}>
        {found.map(({ path, title, shown = path }, index) => (
          <li
            key={path}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => choose(path)}
          >
            <span>{title}</span>
            <code>{shown}</code>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="soft">{t('palette.none')}</p>}
      <p className="soft">{t('palette.hint')}</p>
    </dialog>
  );
}
