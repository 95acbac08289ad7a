import type { StateCounts, TaskActionBody, TaskDetail, TaskPage } from '@core/contract/task'
import { request } from '../platform/request'
import type { Asked } from './cases'

export const tasks = (asked: Asked) =>
  request<TaskPage>('/v1/tasks', { query: { ...asked } })

export const taskCounts = () => request<StateCounts>('/v1/tasks/counts')

export const task = (id: string) => request<TaskDetail>(`/v1/tasks/${id}`)

export const actOnTask = (id: string, body: TaskActionBody) =>
  request<TaskDetail>(`/v1/tasks/${id}/actions`, { method: 'POST', body })
