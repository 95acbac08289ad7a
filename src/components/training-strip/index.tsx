import { useTraining } from '@/stores/training'
import { Box } from '@/ui/box'

/** On every page of a training room. */
export function TrainingStrip() {
  const { training } = useTraining()
  if (!training) return null
  return <Box className="training" role="note">培训环境 · 人和事都是编的，办了不算数</Box>
}
