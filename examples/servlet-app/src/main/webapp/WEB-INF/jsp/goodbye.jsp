<%@ page contentType="text/html;charset=UTF-8" trimDirectiveWhitespaces="true" session="false" %>
<%@ taglib prefix="t" tagdir="/WEB-INF/tags" %>
<t:page title="Goodbye" bare="true">
  <p>You are signed out. <a href="${pageContext.request.contextPath}/books">Come again</a></p>
</t:page>
