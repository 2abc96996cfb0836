import { useEffect, useMemo, useState } from 'react';
import { FileButton } from '#web/design/file-button.tsx';
import { MOST_PHOTO_BYTES, type PhotoFault, reducePhoto } from '#web/offline/index.ts';
import { useFieldTexts } from './field-texts.ts';

const MOST = 5;
const MEGABYTE = 1024 ** 2;

export type Photos = { name: string; content: Blob }[];
type Fault = { name: string; why: PhotoFault | 'many' };

/** Photos with the camera of the phone (拍照): made small here, kept with the record, never sent before it. What cannot be taken is said at once. */
export function FieldPhotos({
  photos,
  onPhotos,
  label,
}: {
  photos: Photos;
  onPhotos: (photos: Photos) => void;
  label: string;
}) {
  const { t } = useFieldTexts();
  const [faults, setFaults] = useState<Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const shown = useMemo(() => photos.map(({ content }) => URL.createObjectURL(content)), [photos]);
  useEffect(() => () => shown.forEach((address) => URL.revokeObjectURL(address)), [shown]);
  const add = async (files: readonly File[]) => {
    setBusy(true);
    const [found, wrong]: [Photos, Fault[]] = [[...photos], []];
    for (const file of files) {
      if (found.length >= MOST) wrong.push({ name: file.name, why: 'many' });
      else {
        const made = await reducePhoto(file);
        if (typeof made === 'string') wrong.push({ name: file.name, why: made });
        else found.push({ name: file.name, content: made });
      }
    }
    setFaults(wrong);
    setBusy(false);
    onPhotos(found);
  };
  return (
    <fieldset className="field-photos">
      <legend>{label}</legend>
      {photos.length > 0 && (
        <ul className="grid-photos">
          {shown.map((address, n) => (
            <li key={address}>
              <img src={address} alt={t('photoOf', { n: n + 1 })} />
              <button type="button" className="quiet" onClick={() => onPhotos(photos.filter((_, at) => at !== n))}>
                {t('removePhoto', { n: n + 1 })}
              </button>
            </li>
          ))}
        </ul>
      )}
      {photos.length < MOST && (
        <FileButton
          className="field-camera"
          accept="image/*"
          capture="environment"
          multiple
          disabled={busy}
          onFiles={(files) => void add(files)}
        >
          {t(photos.length === 0 ? 'takePhoto' : 'addPhoto')}
        </FileButton>
      )}
      {faults.map(({ name, why }) => (
        <p key={name} role="alert">
          {t(`fault.${why}`, { name, most: why === 'many' ? MOST : MOST_PHOTO_BYTES / MEGABYTE })}
        </p>
      ))}
    </fieldset>
  );
}
