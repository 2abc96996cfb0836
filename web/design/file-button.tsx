import { useRef } from 'react';

/**
 * Button that opens the choice of files (选择文件), in the words and the language of the page instead of the browser's; by keyboard and for a screen reader it is a
 * button like every other. The input behind it is seen by nobody.
 */
export function FileButton({
  id,
  children,
  accept,
  capture,
  multiple,
  disabled,
  className,
  describedBy,
  onFiles,
}: {
  id?: string;
  children: string;
  /** As of the attribute `accept`; a help for choosing. */
  accept?: string;
  /** The camera that a phone opens at once. */
  capture?: 'environment' | 'user';
  multiple?: boolean;
  disabled?: boolean;
  className?: string;
  describedBy?: string;
  onFiles: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        capture={capture}
        multiple={multiple}
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file chosen again is a new wish.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <button
        type="button"
        id={id}
        className={className}
        disabled={disabled}
        aria-describedby={describedBy}
        onClick={() => input.current?.click()}
      >
        {children}
      </button>
    </>
  );
}
