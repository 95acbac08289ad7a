import { PracticeBatch, PracticeBody, TrainingAccounts } from '../../core/contract/training'
import { Refused } from '../../core/refusal'
import { type Routes, refusals, staffOf } from '../route'
import { trainingAccounts } from './accounts'
import { makePractice } from './practice'

/** Only in a training room; anywhere else there is nothing of it to be found. */
export const trainingRoutes: Routes = async (app, { platform }) => {
  app.addHook('onRequest', async () => {
    if (!platform.config.training) throw new Refused('NOT_FOUND')
  })

  app.get('/v1/training/accounts', {
    schema: {
      operationId: 'listTrainingAccounts', response: { 200: TrainingAccounts, ...refusals },
    },
  }, () => trainingAccounts(platform))

  app.post('/v1/training/cases', {
    schema: {
      operationId: 'makePractice', body: PracticeBody,
      response: { 200: PracticeBatch, ...refusals },
    },
  }, (request) => makePractice(platform, { by: staffOf(request), body: request.body }))
}
