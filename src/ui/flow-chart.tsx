import { Box, Words } from './box'
import { Tag, type Tone } from './status'

export interface FlowTrack {
  name: string
  /** Department and days, e.g. 公安 · 5 个工作日. */
  note?: string
  tag?: { tone: Tone; label: string }
  /** Not certain yet: drawn with a dashed edge; say so in the tag. */
  maybe?: boolean
}

export interface FlowStage {
  /** What the stage waits for or means, e.g. 同时办理 4 项. */
  title: string
  tracks: FlowTrack[]
}

/** Stages one after another, each with the tracks that run side by side; boxes and lines in CSS. */
export function FlowChart({ stages, label }: { stages: FlowStage[]; label: string }) {
  return (
    <Box as="ol" className="flow" label={label}>
      {stages.map((stage, index) => (
        <Box as="li" className="flow-stage" key={stage.title}>
          <Box className="flow-head">
            <Words className="flow-number" hidden>{index + 1}</Words>
            <Words className="flow-title">{stage.title}</Words>
          </Box>
          <Box as="ul" className={`flow-tracks ${stage.tracks.length > 1 ? 'flow-parallel' : ''}`}>
            {stage.tracks.map((track) => (
              <Box
                as="li" key={track.name}
                className={`flow-track ${track.maybe ? 'flow-maybe' : ''}`}
              >
                <Words className="flow-name">{track.name}</Words>
                {track.note && <Words className="flow-note">{track.note}</Words>}
                {track.tag && <Tag tone={track.tag.tone}>{track.tag.label}</Tag>}
              </Box>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  )
}
