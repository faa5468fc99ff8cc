// Screen add-cluster: enrols a collector, shows how it is installed, and waits for its first snapshot.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../data/session.ts'
import { PageHead } from '../../parts/panel.tsx'
import { NoPermission } from '../../parts/states.tsx'
import styles from './add-cluster.module.css'
import { Enrolled, type Told } from './enrolled.tsx'
import { EnrolmentForm } from './enrolment-form.tsx'
import { OpenEnrolments } from './open-enrolments.tsx'

export function AddClusterScreen() {
  const mayEnrol = useMay('admin')
  return (
    <>
      <PageHead title="Add a cluster" />
      {mayEnrol ? <Wizard /> : <NoPermission>Only admins enrol collectors.</NoPermission>}
    </>
  )
}

function Wizard() {
  const { enrolment, way = 'helm' } = useSearch({ from: '/shell/add-cluster' })
  const navigate = useNavigate({ from: '/add-cluster' })
  // Kept in memory alone: it is in no address, and gone with the page.
  const [told, setTold] = useState<Told>()
  const go = (id: string | undefined) => void navigate({ search: before => ({ ...before, enrolment: id }) })
  if (enrolment === undefined)
    return (
      <div className={styles.stack}>
        <EnrolmentForm
          onMade={({ id, token, install }) => {
            setTold({ id, token, install })
            go(id)
          }}
        />
        <OpenEnrolments />
      </div>
    )
  return (
    <Enrolled
      key={enrolment}
      id={enrolment}
      told={told?.id === enrolment ? told : undefined}
      onTold={setTold}
      way={way}
      onChoose={chosen => void navigate({ search: before => ({ ...before, way: chosen }), replace: true })}
      leave={() => go(undefined)}
    />
  )
}
