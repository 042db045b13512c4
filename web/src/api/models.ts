import { useQuery } from '@tanstack/react-query'
import { client, unwrap } from './client'
import type { Model } from './types'

const settled_interval_ms = 60_000
const loading_interval_ms = 2_000

/** Asks again soon while a model is loading or down, so that the picker tells the truth. */
export const useModels = () =>
  useQuery({
    queryKey: ['models'],
    queryFn: async (): Promise<Model[]> => (await unwrap(client.GET('/api/models'))).items,
    refetchInterval: (query) =>
      query.state.data?.some((model) => model.state !== 'ready') ? loading_interval_ms : settled_interval_ms,
  })

export function effectiveModel(models: Model[] | undefined, wanted: string | null | undefined): Model | undefined {
  return models?.find((model) => model.id === wanted) ?? models?.find((model) => model.is_default) ?? models?.[0]
}
