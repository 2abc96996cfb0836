import { useState } from 'react';
import type { Reply } from '#web/client/reply.ts';
import { Upload } from '#web/design/upload.tsx';
import { useGridTexts } from './grid-texts.ts';

type Uploaded = Reply<'/api/document/files', 'post', 201>;
const MOST = 9;
const MOST_BYTES = 10 * 1024 ** 2;

/** Photos of a place (现场照片), one after the other; what the server refuses is said at the field, what was sent stays. */
export function PhotoField({
  id,
  label,
  hint,
  files,
  onFiles,
  onPicture,
}: {
  id: string;
  label?: string;
  hint?: string;
  files: readonly string[];
  onFiles: (files: string[]) => void;
  /** The first photo itself, to take its difference hash. */
  onPicture?: (file: File) => void;
}) {
  const { t } = useGridTexts();
  const [round, setRound] = useState(0);
  return (
    <div className="grid-photo">
      {files.length < MOST && (
        <Upload<Uploaded>
          key={round}
          id={id}
          label={label ?? t('form.addPhoto')}
          hint={hint}
          accept="image/jpeg,image/png"
          maxBytes={MOST_BYTES}
          addressOf={(file) =>
            `/api/document/files?${new URLSearchParams({ kind: 'incident.photo', name: file.name })}`
          }
          onDone={(answer, file) => {
            if (files.length === 0) onPicture?.(file);
            onFiles([...files, answer.id]);
            setRound(round + 1);
          }}
        />
      )}
      {files.length > 0 && <p role="status">{t('form.photosAdded', { n: files.length })}</p>}
    </div>
  );
}
