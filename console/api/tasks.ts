import type { ResultActionBody } from '@core/contract/case'
import type { Verification } from '@core/contract/document'
import type { StateCounts, TaskActionBody, TaskDetail, TaskPage } from '@core/contract/task'
import { request } from '../platform/request'
import type { Asked } from './cases'

export const tasks = (asked: Asked) =>
  request<TaskPage>('/v1/tasks', { query: { ...asked } })

export const taskCounts = () => request<StateCounts>('/v1/tasks/counts')

export const task = (id: string) => request<TaskDetail>(`/v1/tasks/${id}`)

export const actOnResult = (id: string, body: ResultActionBody) =>
  request<Verification>(`/v1/results/${id}/actions`, { method: 'POST', body })

export const actOnTask = (id: string, body: TaskActionBody) =>
  request<TaskDetail>(`/v1/tasks/${id}/actions`, { method: 'POST', body })
