import { useState } from 'react'
import { formatSize } from '@/lib/format'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import type { FilePart } from '@/wire/wire.gen'
import { isPicture, placeOf, typeOf } from '../state/files'

/** FileList shows the files that calls made, a row each, and pictures among them small. */
export function FileList({ files }: { files: readonly FilePart[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- without list marks, Safari takes it for no list
    <ul className="files" role="list" aria-label={strings.files}>
      {files.map((file) => (
        <li key={file.id}>
          {isPicture(file) && <Picture file={file} />}
          <FileRow file={file} />
        </li>
      ))}
    </ul>
  )
}

function FileRow({ file }: { file: FilePart }) {
  const place = placeOf(file)
  return (
    <div className="file">
      <Icon name="file" />
      <b>{file.filename}</b>
      <span className="num">
        {typeOf(file)} · {formatSize(file.size)}
      </span>
      {place !== undefined && (
        <Button asChild size="sm">
          <a href={place} download={file.filename} aria-label={strings.saveFile(file.filename)}>
            <Icon name="download" size="sm" />
            {strings.save}
          </a>
        </Button>
      )}
    </div>
  )
}

/** A picture, which opens in its full size. Of one that cannot be shown it says so, and offers the file. */
function Picture({ file }: { file: FilePart }) {
  const [broken, setBroken] = useState(false)
  const place = placeOf(file)
  if (broken) {
    return (
      <p className="aside">
        {strings.pictureBroken}{' '}
        {place !== undefined && (
          <a href={place} download={file.filename}>
            {strings.downloadInstead}
          </a>
        )}
      </p>
    )
  }
  return (
    <a className="picture" href={place} target="_blank" rel="noreferrer noopener" title={strings.openPicture}>
      <img
        src={place}
        alt={strings.picture(file.filename)}
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
      />
    </a>
  )
}
