/** Whether this tab was told that it is in a training room: a reload shows so at once. */
const KEY = 'desk-training'

export const keptTraining = (): boolean => sessionStorage.getItem(KEY) !== null

export function keepTraining(training: boolean): void {
  if (training) sessionStorage.setItem(KEY, '1')
  else sessionStorage.removeItem(KEY)
}
