import { useEffect, useState } from 'react';
import { useFieldTexts } from './field-texts.ts';

/** What browsers that can install a page hand over (`beforeinstallprompt`); it is in no standard library yet. */
type Offer = Event & { prompt(): Promise<void>; userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }> };

const isInstalled = () =>
  matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;

/** Puts the page on the home screen (添加到主屏幕): one press where the browser offers it, words where a person has to do it; nothing once it is there. */
export function Install() {
  const { t } = useFieldTexts();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [there, setThere] = useState(isInstalled);
  useEffect(() => {
    const keep = (event: Event) => {
      event.preventDefault();
      setOffer(event as Offer);
    };
    const done = () => setThere(true);
    addEventListener('beforeinstallprompt', keep);
    addEventListener('appinstalled', done);
    return () => {
      removeEventListener('beforeinstallprompt', keep);
      removeEventListener('appinstalled', done);
    };
  }, []);
  if (there) return null;
  if (!offer) return <p className="soft">{t('install')}</p>;
  const install = async () => {
    await offer.prompt();
    if ((await offer.userChoice).outcome === 'accepted') setThere(true);
    // An offer can be used once.
    setOffer(null);
  };
  return (
    <button type="button" onClick={() => void install()}>
      {t('installNow')}
    </button>
  );
}
