from shuoshi.privacy.models.assessment import Assessment
from shuoshi.privacy.models.consent import Consent
from shuoshi.privacy.models.handing import Handing
from shuoshi.privacy.models.retention import Period, RetentionPlan
from shuoshi.privacy.models.rights_request import RightsRequest
from shuoshi.privacy.models.telling import Submission, Telling


__all__ = [
    "Assessment",
    "Consent",
    "Handing",
    "Period",
    "RetentionPlan",
    "RightsRequest",
    "Submission",
    "Telling",
]
