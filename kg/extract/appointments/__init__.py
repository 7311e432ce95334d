"""Who is, is to be or is proposed to be appointed to which post.

Frames: 任命…为…, 将…任命为…, …被任命为… and 当选, 提议由…担任…, and lists that 任命下列人士 announces. An appointment has a person: posts to
be filled, wishes and duties (请秘书长任命一名特使, 应任命), terms extended and the time before (任命…之前) are none, nor are
credentials for a meeting, which `kg.extract.credentials` reads.
"""

from kg.extract.appointments.rules import appointments

__all__ = ["appointments"]
