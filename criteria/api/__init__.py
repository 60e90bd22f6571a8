"""What the API tells of criteria, periods, assessments and recognitions."""
