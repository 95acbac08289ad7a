/** On every page of a training room, dialogs included. */
export function TrainingStrip() {
  return <aside className='training' aria-label='培训环境'>
    <p role='note'>培训环境 · 人和事都是编的，办了不算数</p>
  </aside>
}
