from shuoshi.files.models.attachment import Attachment


__all__ = ["Attachment"]
